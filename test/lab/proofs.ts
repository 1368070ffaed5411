import test from 'ava';
import {findLab, readCourse} from '../../source/cli/lab-files.js';
import {proveLab} from '../../source/lab/proof/proofs.js';

const {labs} = await readCourse();

for (const id of labs) {
	test(`the lab ${id} is solvable, and cannot be passed by less`, async t => {
		// Slips in the solutions are tried by `kubelab lab test`: they take minutes.
		const {proofs} = await proveLab(await findLab(id), {mutants: false});
		t.true(proofs.length >= 8);
		for (const {name, fault} of proofs) t.is(fault, undefined, name);
	});
}
