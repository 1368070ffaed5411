import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import test from 'ava';
import {Interned} from '../../source/sim/interned.js';
import {Remembered} from '../../source/sim/remembered.js';

test('what is asked for again is worked out once; undefined is an answer, an error is none', t => {
	const asked: string[] = [];
	const known = new Remembered<number | undefined>(10);
	const length = (key: string) => {
		asked.push(key);
		if (key === '') throw new Error('nothing');
		return key === 'none' ? undefined : key.length;
	};
	t.deepEqual(
		[known.of('four', length), known.of('four', length), known.of('none', length), known.of('none', length)],
		[4, 4, undefined, undefined],
	);
	t.throws(() => known.of('', length));
	t.throws(() => known.of('', length));
	t.deepEqual(asked, ['four', 'none', '', '']);
});

test('at most so many are kept, those that are asked for now and then among them', t => {
	const known = new Remembered<number>(100);
	known.set('daily', 0);
	for (let each = 0; each < 1000; each++) {
		known.set(`once ${each}`, each);
		if (each % 10 === 0) known.get('daily');
	}
	const kept = Array.from({length: 1000}, (_, each) => `once ${each}`).filter(key => known.get(key) !== undefined);
	t.is(known.get('daily'), 0);
	t.true(kept.length < 100 && kept.length >= 49, `${kept.length} kept`);
	t.is(kept.at(-1), 'once 999');
});

test('an interned object is the same one while somebody holds it, and then forgotten', async t => {
	setFlagsFromString('--expose-gc');
	const collect = async () => {
		await new Promise(resolve => void setImmediate(resolve));
		(runInNewContext('gc') as () => void)();
	};
	const known = new Interned<{text: string}>();
	const held = known.set('held', {text: 'held'});
	known.set('let go', {text: 'let go'});
	await collect();
	t.is(known.get('held'), held);
	t.is(known.get('let go'), undefined);
});
