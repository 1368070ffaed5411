/** Why a docker command stops, in the words the client prints, with its exit status. */
export class DockerFailure extends Error {
	readonly status: number;

	constructor(text: string, status = 1) {
		super(text);
		this.status = status;
	}
}

export const failure = (text: string, status = 1): DockerFailure => new DockerFailure(text, status);

export const fromDaemon = (text: string): string => `Error response from daemon: ${text}`;

export const notSimulated = (what: string): DockerFailure => new DockerFailure(`kubelab: not simulated: ${what}`, 125);

/** The status is all there is to say. */
export const silent = (status: number): DockerFailure => new DockerFailure('', status);
