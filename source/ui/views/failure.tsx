import {Component, type ReactNode} from 'react';

export interface FailureProps {
	/** What a component threw. */
	readonly onError: (error: unknown) => void;
	readonly children: ReactNode;
}

/** Tells of a component that cannot be drawn. Without it Ink would draw the error itself, and close. */
export class Failure extends Component<FailureProps, {readonly failed: boolean}> {
	override state = {failed: false};

	static getDerivedStateFromError() {
		return {failed: true};
	}

	override componentDidCatch(error: unknown) {
		this.props.onError(error);
	}

	override render() {
		return this.state.failed ? null : this.props.children;
	}
}
