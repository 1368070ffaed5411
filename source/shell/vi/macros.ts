import type {Vi} from './state.js';

/** Beyond this, a macro that plays itself is stopped. */
const keysMax = 20_000;

/** `qa` begins and `q` ends a recording, `3@a` plays it, `@@` the last one again. Undefined: the keys are nothing of the kind. */
export function pressMacro(vi: Vi, keys: readonly string[], press: (vi: Vi, key: string) => Vi): Vi | undefined {
	const digits = keys.findIndex(key => !/\d/.test(key));
	const [command, register, ...more] = keys.slice(Math.max(0, digits));
	if (digits < 0 || (command !== 'q' && command !== '@') || more.length > 0) return undefined;
	if (command === 'q' && vi.recording) {
		const {register: into, keys: recorded} = vi.recording;
		return {...vi, pending: [], recording: undefined, macros: {...vi.macros, [into]: recorded}, message: ''};
	}
	if (register === undefined) return {...vi, pending: keys};
	if (!/^[a-z0-9@"]$/i.test(register)) return {...vi, pending: []};
	if (command === 'q') return {...vi, pending: [], recording: {register, keys: []}, message: `recording @${register}`};
	const name = register === '@' ? vi.lastMacro : register;
	const recorded = name === undefined ? undefined : vi.macros[name];
	if (!recorded) return {...vi, pending: [], message: register === '@' ? 'E748: No previously used register' : vi.message};
	const times = Math.min(Number(keys.slice(0, digits).join('')) || 1, Math.ceil(keysMax / Math.max(1, recorded.length)));
	let next: Vi = {...vi, pending: [], lastMacro: name};
	// While it plays, it is not there to be played: a macro that names itself ends.
	const hidden = {...vi.macros, [name!]: []};
	for (let turn = 0; turn < times; turn++) for (const key of recorded) next = press({...next, macros: hidden}, key);
	return {...next, macros: {...vi.macros}, lastMacro: name};
}
