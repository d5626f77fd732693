//! What to classify, in the order given: plain arguments, `-f FILE` and `-n NAME` may stand in any order.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, value_parser};

/// One thing to classify.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A file if one is there, else a name.
    Either(OsString),
    /// A file, whatever it is called.
    File(PathBuf),
    /// A name, whatever files there are.
    Name(OsString),
}

/// Everything to classify.
#[derive(Clone, Debug, Default)]
pub(crate) struct Targets(pub(crate) Vec<Target>);

impl Args for Targets {
    fn augment_args(command: Command) -> Command {
        command.args([
            Arg::new("target")
                .value_name("NAME|FILE|-")
                .action(ArgAction::Append)
                .num_args(0..)
                .value_parser(value_parser!(OsString))
                .help("A name, or a list if a file of that name exists; `-`: standard input"),
            Arg::new("file")
                .short('f')
                .value_name("FILE")
                .action(ArgAction::Append)
                .value_parser(value_parser!(OsString))
                .help("A list, whatever it is called"),
            Arg::new("name")
                .short('n')
                .value_name("NAME")
                .action(ArgAction::Append)
                .allow_hyphen_values(true)
                .value_parser(value_parser!(OsString))
                .help("A name, whatever files there are"),
        ])
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Targets {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut placed = Vec::new();
        let mut place = |id, target: fn(OsString) -> Target| {
            let places = matches.indices_of(id).into_iter().flatten();
            let values = matches.get_many::<OsString>(id).into_iter().flatten();
            placed.extend(places.zip(values.map(|value| target(value.clone()))));
        };
        place("target", Target::Either);
        place("file", |file| Target::File(file.into()));
        place("name", Target::Name);
        placed.sort_by_key(|(place, _)| *place);
        Ok(Self(placed.into_iter().map(|(_, target)| target).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_command_line_is_kept() {
        let command = Targets::augment_args(Command::new("classify"));
        let line = ["classify", "-n", "b.com", "list", "-f", "c", "-", "-n", "-d.com"];
        let targets = Targets::from_arg_matches(&command.try_get_matches_from(line).unwrap()).unwrap();
        let expected = [
            Target::Name("b.com".into()),
            Target::Either("list".into()),
            Target::File("c".into()),
            Target::Either("-".into()),
            Target::Name("-d.com".into()),
        ];
        assert_eq!(targets.0, expected);
    }
}
