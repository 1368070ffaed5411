import type {Machine} from '../../../node/host/machine.js';
import type {Units} from '../../../os/units.js';
import type {Io} from '../../../shell/command.js';

export type Verb = (io: Io<Machine>, units: Units, names: readonly string[], flags: ReadonlySet<string>) => number;

export const fullName = (name: string): string => (/\.\w+$/.test(name) ? name : `${name}.service`);
