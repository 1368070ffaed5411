import test from 'ava';
import {differences} from '../../scripts/real-kubectl/differential.js';
import {findKubectl} from '../../scripts/real-kubectl/find.js';
import {lines} from '../../scripts/real-kubectl/lines.js';

const kubectl = findKubectl();
const withKubectl = kubectl ? test : test.skip;
if (!kubectl) console.log('test/serve/differential: no kubectl 1.33 on this machine; its test is skipped');

/** Every fourth line keeps the suite short; `npm run real-kubectl` takes them all. */
const some = lines.filter((_, at) => at % 4 === 0);

withKubectl('our kubectl and the real one say the same of the same world', async t => {
	const found = [];
	for await (const difference of differences(kubectl!, some)) found.push(difference);
	t.deepEqual(found, []);
});
