import type {Unit} from '../../../os/units.js';
import type {Verb} from './verb.js';

/** `--type=service,socket` and `--state=running`: kept among the flags as `type=...` and `state=...`. */
function isWanted({name, activeState, sub}: Unit, flags: ReadonlySet<string>): boolean {
	const listed = (option: string) =>
		[...flags].filter(flag => flag.startsWith(`${option}=`)).flatMap(flag => flag.slice(option.length + 1).split(','));
	const [types, states] = [listed('type'), listed('state')];
	const type = name.slice(name.lastIndexOf('.') + 1);
	return (
		(types.length === 0 || types.includes(type)) &&
		(states.length === 0 || states.some(state => [activeState, sub, 'loaded'].includes(state)))
	);
}

const unitTypes = ['automount', 'device', 'mount', 'path', 'scope', 'service', 'slice', 'socket', 'swap', 'target', 'timer'];
const typeOf = (name: string) => unitTypes.indexOf(name.slice(name.lastIndexOf('.') + 1));
const byTypeAndName = (a: Unit, b: Unit) => typeOf(a.name) - typeOf(b.name) || (a.name < b.name ? -1 : 1);

export const list: Verb = (io, units, names, flags) => {
	const rows = units
		.list()
		.filter(
			unit =>
				(flags.has('all') || flags.has('a') || unit.activeState !== 'inactive') &&
				isWanted(unit, flags) &&
				(names.length === 0 || names.some(name => unit.name.startsWith(name.replace(/\*$/, '')))),
		);
	const wanted = rows.filter(unit => !flags.has('failed') || unit.activeState === 'failed').sort(byTypeAndName);
	const cells = wanted.map(unit => [unit.name, 'loaded', unit.activeState, unit.sub, unit.description]);
	const table = [['UNIT', 'LOAD', 'ACTIVE', 'SUB', 'DESCRIPTION'], ...cells];
	const widths = [0, 1, 2, 3].map(column => Math.max(...table.map(row => row[column]!.length)));
	for (const row of table) {
		if (row === table[0] && flags.has('no-legend')) continue;
		io.out(`  ${row.map((cell, column) => (column === 4 ? cell : cell.padEnd(widths[column]!))).join(' ')}\n`);
	}

	if (!flags.has('no-legend')) {
		io.out(
			`\nLOAD   = Reflects whether the unit definition was properly loaded.\nACTIVE = The high-level unit activation state, i.e. generalization of SUB.\nSUB    = The low-level unit activation state, values depend on unit type.\n${wanted.length} loaded units listed.${flags.has('all') ? '' : ' Pass --all to see loaded but inactive units, too.'}\nTo show all installed unit files use 'systemctl list-unit-files'.\n`,
		);
	}

	return 0;
};

export const listFiles: Verb = (io, units, names, flags) => {
	const rows = units
		.list()
		.filter(unit => isWanted(unit, flags) && (names.length === 0 || names.some(name => unit.name.startsWith(name.replace(/\*$/, '')))))
		.sort(byTypeAndName);
	const width = Math.max(9, ...rows.map(unit => unit.name.length));
	io.out(`${'UNIT FILE'.padEnd(width)} STATE    PRESET\n`);
	for (const unit of rows)
		io.out(`${unit.name.padEnd(width)} ${unit.enabledState.padEnd(8)} ${unit.enabledState === 'static' ? '-' : 'disabled'}\n`);
	io.out(`\n${rows.length} unit files listed.\n`);
	return 0;
};
