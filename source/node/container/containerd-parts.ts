import type {Processes} from '../../os/process.js';
import type {Volumes} from '../../os/volumes.js';
import type {Sim} from '../../sim/sim.js';
import type {ExecNow} from '../program/exec-now.js';
import type {Namespaces} from './namespaces.js';
import type {ProgramRunner} from '../program/program-runner.js';
import type {Registries} from '../registry/registries.js';
import type {World} from '../world.js';
import type {ResolvedImage} from '../registry/manifest.js';

export interface ContainerdParts {
	readonly sim: Sim;
	readonly node: string;
	readonly world: World;
	readonly processes: Processes;
	readonly namespaces: Namespaces;
	readonly volumes: Volumes;
	readonly registries: Registries;
	/** Images that were on the node's disk before the world began. */
	readonly preloaded: ReadonlyMap<string, ResolvedImage>;
	runner(): ProgramRunner;
	readonly execNow: ExecNow;
}
