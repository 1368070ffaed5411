export interface Proof {
	readonly name: string;
	/** Absent when it holds. */
	readonly fault?: string;
}
