import test from 'ava';
import {findLab, readCourse} from '../../source/cli/lab-files.js';
import {proofs} from '../../source/lab/proofs.js';

const {labs} = await readCourse();

for (const id of labs) {
	test(`the lab ${id} is solvable, and cannot be passed by less`, async t => {
		const all = await proofs(await findLab(id));
		t.true(all.length >= 3);
		for (const {name, fault} of all) t.is(fault, undefined, name);
	});
}
