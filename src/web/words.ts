export * from '../phrases.ts';
