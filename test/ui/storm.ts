import test from 'ava';
import {createSim} from '../../source/sim/sim.js';
import {openApp} from '../helpers/app.js';

const keys = [
	...'abcdefghijklmnopqrstuvwxyzGN0123456789/?<>:;|&"\'$(){}# \\-',
	'\r',
	'\t',
	'\u007f',
	...Array.from({length: 26}, (_, index) => String.fromCharCode(index + 1)).filter(key => key !== '\u0011'),
	...['A', 'B', 'C', 'D', 'H', 'F', '5~', '6~', '3~', 'Z', '1;5C', '1;2A'].map(end => `\u001b[${end}`),
	...'1234567890.bdflrvozZsuyge?xnkj'.split('').map(letter => `\u001b${letter}`),
	'\u001b',
	'\u001b[200~pasted\ntext\u001b[201~',
	'kubectl get pods\r',
	'vi f\r',
	'ls | head\r',
];

test('no storm of keys, pastes and resizes breaks the screen', async t => {
	const app = await openApp(t);
	const random = createSim('storm').random;
	for (let round = 0; round < 80; round++) {
		const burst = Array.from({length: 12}, () => keys[random.int(keys.length)]!).join('');
		await app.press(burst);
		if (round % 5 === 0) app.store.resize(30 + random.int(180), 8 + random.int(60));
		if (round % 7 === 0) await app.pass(300);
		const {columns, rows} = app.store.get().size;
		const screen = app.screen();
		t.notRegex(screen, /This part failed|此处出错|something went wrong inside/, JSON.stringify(burst));
		t.true(screen.split('\n').length <= rows, `${columns}x${rows} ${JSON.stringify(burst)}`);
		if (app.store.get().state.screen === 'home') await app.store.open('ipvs-switch');
	}
});
