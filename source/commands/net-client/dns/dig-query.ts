/** One question of a dig command line. */
export interface DigQuery {
	readonly name: string;
	readonly type: string;
	readonly server: string;
	readonly port: number;
	/** `+` options. */
	readonly flags: ReadonlyMap<string, string | boolean>;
}
