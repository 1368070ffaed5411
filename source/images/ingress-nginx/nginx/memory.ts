import type {Configuration} from '../configuration.js';

/** All that a running nginx remembers; plain data under `context.memory.nginx` of the controller's program. */
export interface NginxMemory {
	readonly configuration: Configuration;
}

/** What the controller's program must keep in its memory for nginx. */
export interface WithNginx {
	readonly nginx?: NginxMemory;
}
