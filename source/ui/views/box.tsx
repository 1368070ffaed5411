import type {BoxProps} from 'ink';
import {createElement, type ReactNode} from 'react';

/**
 * The elements behind Ink's own components. Those ask a context which Ink fills anew at each drawing: they would be made again each time,
 * and Ink composes the whole screen when one of its elements is.
 */
type Layout = Pick<BoxProps, 'flexDirection' | 'flexShrink' | 'columnGap' | 'width' | 'height'>;

const asItIs = {flexWrap: 'nowrap', flexDirection: 'row', flexGrow: 0, flexShrink: 1} as const;

export const Box = ({children, ...layout}: Layout & {readonly children?: ReactNode}) =>
	createElement('ink-box', {style: {...asItIs, ...layout}}, children);

/** Cut already where there is no room. */
export const Text = ({children}: {readonly children: string}) =>
	createElement('ink-text', {style: {...asItIs, textWrap: 'wrap'}}, children);
