import type {Unit, Units} from '../../../os/units.js';
import {notSimulated} from '../arguments.js';
import {fullName, type Verb} from './verb.js';

/** Verbs that change a unit; they go on after one that fails. */
export const change =
	(verb: string, act: (units: Units, unit: Unit) => void): Verb =>
	(io, units, names) => {
		let status = 0;
		for (const name of names) {
			const unit = units.get(name);
			if (!unit) {
				io.err(`Failed to ${verb} ${fullName(name)}: Unit ${fullName(name)} not found.\n`);
				status = 5;
			} else if (unit.enabledState === 'masked' && verb !== 'stop') {
				io.err(`Failed to ${verb} ${unit.name}: Unit ${unit.name} is masked.\n`);
				status = 1;
			} else if (unit.unsimulated && /start/.test(verb)) status = notSimulated(io, `${unit.name}: ${unit.unsimulated}`);
			else act(units, unit);
		}

		return status;
	};

export const enable: Verb = (io, units, names, flags) => {
	let status = 0;
	for (const name of names) {
		if (!units.get(name)) {
			io.err(`Failed to enable unit: Unit file ${fullName(name)} does not exist.\n`);
			status = 1;
			continue;
		}

		const text = units.enable(name);
		if (text) io.err(`${text}\n`);
		if (flags.has('now') && units.get(name)?.unsimulated) status = notSimulated(io, `${fullName(name)}: ${units.get(name)!.unsimulated}`);
		else if (flags.has('now')) units.start(name);
	}

	return status;
};

export const disable: Verb = (io, units, names, flags) => {
	let status = 0;
	for (const name of names) {
		if (!units.get(name)) {
			io.err(`Failed to disable unit: Unit file ${fullName(name)} does not exist.\n`);
			status = 1;
			continue;
		}

		const text = units.disable(name);
		if (text) io.err(`${text}\n`);
		if (flags.has('now')) units.stop(name);
	}

	return status;
};

export const mask =
	(masked: boolean): Verb =>
	(io, units, names) => {
		for (const name of names) {
			units.mask(name, masked);
			io.err(
				masked
					? `Created symlink /etc/systemd/system/${fullName(name)} → /dev/null.\n`
					: `Removed "/etc/systemd/system/${fullName(name)}".\n`,
			);
		}

		return 0;
	};

/** What has an ExecReload. */
const reloadable = /^(?:sshd|docker|httpd|nginx|NetworkManager|dbus-broker|auditd|rsyslog|chronyd|crond|nfs-server)\.service$/;

export const reload: Verb = (io, units, names) => {
	let status = 0;
	for (const name of names) {
		const unit = units.get(name);
		const full = unit?.name ?? fullName(name);
		if (unit && reloadable.test(full) && unit.activeState === 'active') continue;
		status = unit ? 1 : 5;
		if (!unit) io.err(`Failed to reload ${full}: Unit ${full} not found.\n`);
		else if (!reloadable.test(full)) io.err(`Failed to reload ${full}: Job type reload is not applicable for unit ${full}.\n`);
		else io.err(`${full} is not active, cannot reload.\n`);
	}

	return status;
};
