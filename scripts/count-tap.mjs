// Reads a TAP report and prints what it counts. No results at all is a failure: a run that broke before its first test.
import {readFileSync} from 'node:fs';

const lines = readFileSync(process.argv[2], 'utf8').split('\n');
const results = lines.filter(line => /^(not )?ok \d+/.test(line) && !/ # (SKIP|TODO)\b/i.test(line));
const failed = results.filter(line => line.startsWith('not ok')).length;
const passed = results.length - failed;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
