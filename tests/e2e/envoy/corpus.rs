//! The corpus through the running Envoy: labels, actions and answers of every name are the library's.

use phonehome::{Action, AnswerMode, Classifier, Explanation, Name};
use phonehome_tests::corpus;

use crate::http::Http;
use crate::running::Setup;
use phonehome_tests::dns::{query_name, seen};

const GENTLE: &str = include_str!("../../../crates/phonehome-cli/presets/gentle.policy");

fn label(answer: &Explanation<'_>, name: &Name) -> String {
    let id = |id: Option<&str>| id.unwrap_or_default().to_owned();
    let (action, applied) = match answer.action() {
        Action::Block(_) => ("block", "block"),
        Action::Allow if answer.brief.logged() => ("note", "none"),
        Action::Allow => ("allow", "none"),
    };
    let reasons: Vec<&str> = answer.brief.reasons().map(|reason| reason.id()).collect();
    let fields = [
        action.to_owned(),
        applied.to_owned(),
        answer.verdict().id().to_owned(),
        answer.brief.confidence().to_string(),
        id(answer.vendor.map(|vendor| vendor.id)),
        id(answer.platform.map(|platform| platform.id)),
        id(answer.brief.first_purpose().map(|purpose| purpose.id())),
        answer.brief.impact().id().to_owned(),
        reasons.join(","),
        String::new(),
        answer.policy_line.map_or_else(String::new, |line| line.to_string()),
        name.to_string(),
    ];
    fields.join("|")
}

#[test]
fn labels_and_answers_are_those_of_the_library() {
    let block = "\"policy\": [\n                        \"allow suffix=mydevice.example.net\",\n                        \
                 \"block purpose=tracking basis=stated impact!=breaks\",\n                        \
                 \"log   verdict=risky,suspicious\"\n                      ],";
    let server = Setup::of("doh").change(block, "\"policy\": \"gentle\",").start();
    let classifier = Classifier::builtin_with(Vec::new(), &[GENTLE]).unwrap();
    let names = corpus::cases().into_iter().filter_map(|case| Name::parse(case.name.as_bytes()).ok());
    let mut http = Http::connect(server.port(10080));
    let mut asked = 0;
    for (id, name) in (1_u16..).zip(names) {
        let answer = classifier.explain(name.to_string().as_bytes(), 0);
        let response = http.post(&query_name(id, &name));
        assert_eq!(response.header("x-phonehome"), Some(label(&answer, &name).as_str()), "{name}");
        match answer.action() {
            Action::Allow => assert_eq!(seen(&response.body).0, id, "{name}"),
            Action::Block(AnswerMode::Drop) => assert_eq!(response.status, 503, "{name}"),
            Action::Block(mode) => {
                let expected = match mode {
                    AnswerMode::Nxdomain => (id, 3, 0),
                    AnswerMode::Refused => (id, 5, 0),
                    AnswerMode::NullIp => (id, 0, 1),
                    AnswerMode::Nodata | AnswerMode::Drop => (id, 0, 0),
                };
                assert_eq!(seen(&response.body), expected, "{name}");
            }
        }
        asked += 1;
    }
    assert!(asked > 700, "{asked}");
}
