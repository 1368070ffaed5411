/** Who asks. `system:admin`-like users are in `system:masters`. */
export interface User {
	readonly name: string;
	readonly groups: readonly string[];
	readonly uid?: string;
	readonly extra?: Record<string, readonly string[]>;
}
