import test from 'ava';
import {loadLab} from '../../source/lab/format/load.js';
import {scaffold} from '../../source/lab/format/scaffold.js';
import {defaultSeed} from '../../source/lab/seed.js';
import {rehearse} from '../../source/lab/proof/variations.js';

const {lab} = loadLab(new Map(scaffold('demo')), 'labs/demo');
const script = lab!.solutions[0]!.text;
const make = 'kubectl create configmap asked --from-literal=a=1';
const use = 'kubectl get configmap asked -o yaml > /root/asked.yaml';

test('a variation that has only looked around ends as the script does; one that decided something is played on', async t => {
	const variations = await rehearse(lab!, defaultSeed, `kubectl get pods -A\n${make}\nN=1\n${script}\n${use}\n`);
	t.true(variations.ending.met);
	const play = (first: readonly string[]) => variations.play([...first, script, use].join('\n'));
	t.true((await play([make, 'N=1'])) === variations.ending, 'looked less');
	t.true(
		(await play(['kubectl get nodes; ip a; curl -ks https://10.96.0.1', make, 'N=1'])) === variations.ending,
		'looked at something else',
	);
	t.false((await play([make.replace('a=1', 'a=2'), 'N=1'])) === variations.ending, 'another value');
	t.false((await play(['kubectl get pods -A', make, 'N=2'])) === variations.ending, 'another variable of the shell');
	t.false((await play(['kubectl get pods -A', 'N=1'])) === variations.ending, 'an object less');
	t.false((await play(['kubectl get pods -A', make, make.replace('asked', 'more'), 'N=1'])) === variations.ending, 'an object more');
});
