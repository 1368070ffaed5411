import test from 'ava';
import {initialState} from '../../source/ui/state/app-state.js';
import {createInkScreen} from '../../source/ui/screen/ink-screen.js';
import {defaultSettings} from '../../source/ui/state/settings.js';

test('a component that fails is an error for whoever owns the terminal', t => {
	const ports = {
		chapters: [],
		best() {
			throw new Error('no disk');
		},
	};
	const screen = createInkScreen(ports);
	t.teardown(() => screen.close());
	t.throws(() => screen.frame({state: initialState(defaultSettings, [2, 4]), size: {columns: 80, rows: 24}}), {message: 'no disk'});
});
