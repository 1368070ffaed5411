/** One question of a dig command line. */
export interface DigQuery {
	/** As it was typed. */
	readonly name: string;
	readonly type: string;
	readonly class: string;
	/** As it was typed; absent: that of resolv.conf. */
	readonly server?: string;
	readonly port: number;
	/** `+` options. */
	readonly flags: ReadonlyMap<string, string | boolean>;
	/** Query times in microseconds. */
	readonly micro: boolean;
	/** How many servers stood before the name: the banner counts them. */
	readonly serversBefore: number;
}

/** What holds for a whole command line, wherever it is said: the last word counts. */
export interface DigOutput {
	short: boolean;
	/** The line that says what was asked. */
	cmd: boolean;
	yaml: boolean;
}
