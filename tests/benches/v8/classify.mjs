// Answers a file of names with phonehome's flat module inside V8, once for each line "round" on standard input.
//
//   node classify.mjs MODULE NAMES calls|lines
//
// It prints "ready" when it has read the names, and for every round nanoseconds of this process's CPU time a name and a checksum
// over all answers.
// The names end with LF each. "calls" asks for a name at a time, "lines" for 100. Names are strings, as scripts have them.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

// What is timed at once, and what one call of "lines" answers; as in the other hosts.
const CHUNK = 1000;
const BATCH = 100;
// A short answer is 8 words of 32 bits; the input buffer has room for a batch of the longest names.
const WORDS = 8;
const ROOM = BATCH * 256;

const [modulePath, namesPath, how] = process.argv.slice(2);
if (how !== 'calls' && how !== 'lines') throw new Error('usage: classify.mjs MODULE NAMES calls|lines');
const size = how === 'calls' ? 1 : BATCH;
const names = readFileSync(namesPath, 'latin1').split('\n').slice(0, -1);
const requests = [];
for (let at = 0; at < names.length; at += size) requests.push(names.slice(at, at + size).join('\n'));

const { instance } = await WebAssembly.instantiate(readFileSync(modulePath), {});
const guest = instance.exports;
const handle = checked(guest.ph_new());
checked(guest.ph_open(handle));
const inputAt = guest.ph_input(ROOM);
checked(guest.ph_classify(handle, 0, 0));
const briefAt = guest.ph_output_ptr();

const encoder = new TextEncoder();
const answers = new Uint32Array(CHUNK * WORDS);
let input, view;

function checked(result) {
  if (result < 0) throw new Error(`the module answers ${result}`);
  return result;
}

// A growing memory detaches every view of it.
function look() {
  if (view?.buffer === guest.memory.buffer) return;
  view = new DataView(guest.memory.buffer);
  input = new Uint8Array(guest.memory.buffer, inputAt, ROOM);
}

function copy(from, count, to) {
  for (let word = 0; word < count * WORDS; word++) answers[to * WORDS + word] = view.getUint32(from + word * 4, true);
  return count;
}

// Each answers a request into `answers`, from number `to` on, and says how many answers that were.
const ask = {
  calls(request, to) {
    checked(guest.ph_classify(handle, encoder.encodeInto(request, input).written, 0));
    look();
    return copy(briefAt, 1, to);
  },
  lines(request, to) {
    const count = checked(guest.ph_classify_lines(handle, encoder.encodeInto(request, input).written, 0));
    look();
    return copy(guest.ph_output_ptr(), count, to);
  },
}[how];

function cpuMicroseconds() {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function answerChunk(first) {
  let count = 0;
  const end = Math.min(first + CHUNK / size, requests.length);
  for (let at = first; at < end; at++) count += ask(requests[at], count);
  return count;
}

// FNV-1a over words of 32 bits.
function add(sum, count) {
  for (let word = 0; word < count * WORDS; word++) sum = Math.imul(sum ^ answers[word], 0x01000193);
  return sum;
}

function round() {
  let spent = 0;
  let sum = 0;
  for (let first = 0; first < requests.length; first += CHUNK / size) {
    const start = cpuMicroseconds();
    const count = answerChunk(first);
    spent += cpuMicroseconds() - start;
    sum = add(sum, count);
  }
  return `${((spent * 1000) / names.length).toFixed(2)} ${sum >>> 0}`;
}

look();
console.log('ready');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'round') console.log(round());
}
