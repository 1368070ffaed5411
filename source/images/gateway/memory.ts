import type {ProgramContext} from '../../node/program/program.js';

/** All that the control plane remembers. */
export interface GatewayMemory {
	readonly pod: {readonly namespace: string; readonly name: string; readonly address: string};
	readonly className: string;
	readonly controllerName: string;
	/** The Service in front of nginx. */
	readonly service: string;
	readonly leaseName: string;
	readonly metricsPort: number;
	readonly healthPort: number;
	readonly leader: boolean;
	/** Batches of events so far. */
	readonly batches: number;
	readonly reloads: number;
	/** What nginx was told last, by path. */
	readonly written: Readonly<Record<string, string>>;
	/** nginx has a configuration. */
	readonly ready: boolean;
}

export type GatewayContext = ProgramContext<GatewayMemory>;
