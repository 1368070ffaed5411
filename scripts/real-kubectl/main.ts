// npm run real-kubectl     prints where our kubectl and the real 1.33 differ over one world, a line of JSON each; the exit status is 1 when they do
import process from 'node:process';
import {differences} from './differential.js';
import {findKubectl} from './find.js';
import {lines} from './lines.js';

const kubectl = findKubectl();
if (!kubectl) {
	console.error('no kubectl.1.33 on this machine, neither on PATH nor beside what a kubectl there leads to');
	process.exit(2);
}

let count = 0;
for await (const difference of differences(kubectl, lines)) {
	count++;
	console.log(JSON.stringify(difference));
}
console.error(`${lines.length} lines, ${count} differences`);
process.exit(count > 0 ? 1 : 0);
