import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {findLab, readCourse} from '../../source/cli/lab-files.js';
import {languages} from '../../source/lab/lab.js';
import {root} from '../helpers/source-files.js';

const rows = readFileSync(path.join(root, 'docs/curriculum.md'), 'utf8')
	.split('\n')
	.flatMap(line => /^\| (.+?) \| ([\w, -]+) \|$/.exec(line)?.slice(1) ?? [])
	.flatMap((cell, index, cells) => (index % 2 === 0 ? [{topic: cell, labs: cells[index + 1]!.split(', ')}] : []))
	.filter(({topic}) => topic !== 'topic');

test('every lab of the course teaches a topic of the curriculum, and no topic names a lab that is not there', async t => {
	const {labs} = await readCourse();
	t.deepEqual([...new Set(rows.flatMap(row => row.labs))].sort(), [...labs].sort());
});

test('what a topic quotes stands in one of its labs, in both languages', async t => {
	for (const {topic, labs} of rows) {
		const all = await Promise.all(labs.map(findLab));
		for (const [, quoted] of topic.matchAll(/`([^`]+)`/g))
			for (const language of languages) {
				const texts = all.map(({text, solutions}) => [text[language], ...solutions.map(each => each.text)].join('\n'));
				const isThere = texts.some(text => quoted!.split(' ').every(word => text.includes(word)));
				t.true(isThere, `"${quoted}" of "${topic}" is not in ${labs} (${language})`);
			}
	}
});
