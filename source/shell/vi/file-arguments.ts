/** What stands behind `:w`, `:e`, `:r` and their kind. */
export interface FileArguments {
	readonly bang: boolean;
	readonly argument: string;
	readonly first: number;
	readonly last: number;
	/** Lines were named. */
	readonly given: boolean;
	/** They end with line 0: above the first. */
	readonly above: boolean;
}
