/** Ends `ip` with a message and an exit status: 1 for what it cannot read, 2 for what the kernel refuses. */
export class IpFailure extends Error {
	readonly exitCode: number;

	constructor(exitCode: number, message: string) {
		super(message);
		this.exitCode = exitCode;
	}
}

export class NotSimulated extends Error {}

/** Runs a change; the kernel's refusals are printed as they are. */
export function asKernel(change: () => void): void {
	try {
		change();
	} catch (error) {
		const {message} = error as Error;
		if (message.startsWith('Cannot find device')) throw new IpFailure(1, message);
		if (/^(RTNETLINK|Error:)/.test(message)) throw new IpFailure(2, message);
		throw error;
	}
}
