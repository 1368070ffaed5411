/** What vi sees of the machine's files. It writes none: what it was left with is written once it has ended. */
export interface Disk {
	/** The whole path of a name. */
	resolve(name: string): string;
	/** `nothing`: it could be written; `nowhere`: it could not, its folder is missing. */
	look(path: string): {readonly text: string} | 'folder' | 'nothing' | 'nowhere';
}
