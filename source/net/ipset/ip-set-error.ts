export class IpSetError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'IpSetError';
	}
}
