import {Text} from 'ink';
import {Component, type ReactNode} from 'react';
import type {Language} from '../../lab/lab.js';
import {theme} from '../theme.js';
import {say} from '../words.js';

interface Props {
	readonly language: Language;
	/** A new value tries again: the pane shows something else now. */
	readonly again: string;
	readonly children: ReactNode;
}

/** A pane that fails says so in its own place; the shell and everything else go on. */
export class Guard extends Component<Props, {failed: string}> {
	override state = {failed: ''};

	static getDerivedStateFromError(error: unknown) {
		return {failed: (error instanceof Error && error.message) || String(error)};
	}

	override componentDidUpdate(before: Props) {
		if (this.state.failed && before.again !== this.props.again) this.setState({failed: ''});
	}

	override render() {
		const {failed} = this.state;
		return failed ? (
			<Text {...theme.bad} wrap="truncate-end">
				{say(this.props.language, 'crashed', {why: failed})}
			</Text>
		) : (
			this.props.children
		);
	}
}
