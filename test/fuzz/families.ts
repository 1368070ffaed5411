import test from 'ava';
import families from '../../scripts/fuzz/families/index.js';
import {runFamily} from '../../scripts/fuzz/run.js';

/** Few, so that the suite stays quick; `npm run fuzz -- FAMILY --count 100000` takes many. */
const counts: Readonly<Record<string, number>> = {
	shell: 12,
	yaml: 80,
	manifests: 12,
	kubectl: 12,
	patches: 60,
	selectors: 500,
	'field-selectors': 500,
	jsonpath: 300,
	'go-template': 300,
	'custom-columns': 300,
	tables: 5,
	corefiles: 200,
	packets: 2,
	http: 15,
	frames: 500,
	labs: 25,
	bundles: 400,
	keys: 150,
};

for (const family of families) {
	test.serial(`hostile input is taken: ${family.name}`, async t => {
		t.true(counts[family.name]! > 0);
		t.deepEqual(await runFamily(family, {seed: 'suite', count: counts[family.name]!}), []);
	});
}

/** Cases that failed once, by family, seed and number. */
const failedOnce = [
	['shell', 's8', 459],
	['keys', '1', 26],
	['keys', '1', 1738],
	['http', 'suite', 8],
	['http', 'g2', 7990],
	['patches', 'speed2', 1309],
	['yaml', '1', 62],
	['yaml', 'long', 21_428],
	['go-template', '1', 2879],
	['corefiles', '1', 2777],
	['shell', 's5', 4216],
	['shell', 's5', 9792],
	['manifests', 's5', 2686],
	['manifests', 's5', 76_867],
	['tables', 's4', 1758],
	['tables', 's4', 2944],
	['tables', 's4', 5557],
	['tables', 's4', 63_740],
	['packets', 'b', 553],
	['shell', 'f5', 3894],
	['shell', 'f5', 7065],
	['shell', 'f5', 19_240],
	['shell', 'f5', 35_681],
	['shell', 'f5', 35_967],
	['shell', 'f5', 42_860],
	['keys', 'f5', 9160],
	['keys', 'f5', 71_884],
	['keys', 'f5', 93_723],
	['labs', 'f5', 6821],
] as const;

test.serial('what failed once fails no more', async t => {
	for (const [name, seed, from] of failedOnce) {
		const family = families.find(each => each.name === name)!;
		t.deepEqual(await runFamily(family, {seed, from, count: 1}), [], `${name} ${seed} ${from}`);
	}
});

test.serial('a family that fails is told', async t => {
	const [thrown, polluting] = await Promise.all([
		runFamily({name: 'x', open: () => ({draw: () => 'in', take: () => JSON.parse('{')})}, {seed: 's', count: 1}),
		runFamily(
			{
				name: 'y',
				open: () => ({
					draw: () => 'in',
					take() {
						(Object.prototype as Record<string, unknown>)['polluted'] = 1;
						return undefined;
					},
				}),
			},
			{seed: 's', count: 1},
		),
	]);
	t.regex(thrown[0]!.problem, /^SyntaxError/);
	t.is(polluting[0]!.problem, 'Object.prototype was given polluted');
});
