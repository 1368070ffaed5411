import type {Machine} from '../../../node/host/machine.js';
import type {Unit, Units} from '../../../os/units.js';
import type {Io} from '../../../shell/command.js';
import {notSimulated} from '../arguments.js';
import {strftime} from '../../../sim/strftime.js';

type Property = (unit: Unit | undefined, name: string) => string;

const since: Property = unit => (unit ? strftime('%a %Y-%m-%d %H:%M:%S UTC', unit.sinceMs) : '');

/** In the order in which systemd tells them, whatever the order in which they are asked for. */
const properties: Readonly<Record<string, Property>> = {
	Restart: unit => unit?.restart?.when ?? 'no',
	RestartUSec: unit => (unit?.restart ? `${unit.restart.afterMs / 1000}s` : '100ms'),
	MainPID: unit => String(unit?.mainPid ?? 0),
	Id: (unit, name) => unit?.name ?? name,
	Names: (unit, name) => unit?.name ?? name,
	Description: (unit, name) => unit?.description ?? name,
	LoadState: unit => (unit ? (unit.enabledState === 'masked' ? 'masked' : 'loaded') : 'not-found'),
	ActiveState: unit => unit?.activeState ?? 'inactive',
	SubState: unit => unit?.sub ?? 'dead',
	FragmentPath: unit => unit?.path ?? '',
	DropInPaths: unit => unit?.dropIns?.join(' ') ?? '',
	UnitFileState: unit => unit?.enabledState ?? '',
	StateChangeTimestamp: since,
	ActiveEnterTimestamp: unit => (unit?.activeState === 'active' ? since(unit, '') : ''),
};

/** `systemctl show -p NAME,... [--value]`: a unit that does not exist is no mistake. */
export function show(io: Io<Machine>, units: Units, names: readonly string[], asked: readonly string[], bare: boolean): number {
	const wanted = asked.flatMap(each => each.split(','));
	const strange = wanted.find(each => !Object.hasOwn(properties, each));
	if (wanted.length === 0 || names.length === 0 || strange !== undefined)
		return notSimulated(io, `systemctl show ${strange === undefined ? 'of everything' : `-p ${strange}`}`);
	const blocks = names.map(name => {
		const full = /\.\w+$/.test(name) ? name : `${name}.service`;
		const told = Object.entries(properties).filter(([property]) => wanted.includes(property));
		return told.map(([property, value]) => `${bare ? '' : `${property}=`}${value(units.get(name), full)}\n`).join('');
	});
	io.out(blocks.join('\n'));
	return 0;
}
