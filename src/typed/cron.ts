import type { Problem } from './problem.ts';

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type To59 = Digit | `${'1' | '2' | '3' | '4' | '5' | '0'}${Digit}`;
type To23 = Digit | `${'0' | '1'}${Digit}` | `2${'0' | '1' | '2' | '3'}`;
type To31 = Exclude<Digit, '0'> | `0${Exclude<Digit, '0'>}` | `${'1' | '2'}${Digit}` | '30' | '31';
type Month =
  | Exclude<Digit, '0'>
  | `0${Exclude<Digit, '0'>}`
  | '10'
  | '11'
  | '12'
  | ('JAN' | 'FEB' | 'MAR' | 'APR' | 'MAY' | 'JUN' | 'JUL' | 'AUG' | 'SEP' | 'OCT' | 'NOV' | 'DEC');
type Weekday =
  | '0'
  | '1'
  | '2'
  | '3'
  | '4'
  | '5'
  | '6'
  | ('SUN' | 'MON' | 'TUE' | 'WED' | 'THU' | 'FRI' | 'SAT');

/** What is wrong with a cron expression in POSIX syntax, as GitHub takes it; `unknown` where it is right. */
export type CheckedCron<Text> =
  Text extends `${infer Minute} ${infer Hour} ${infer Day} ${infer M} ${infer W}`
    ? W extends `${string} ${string}`
      ? Problem<'a cron expression has five fields: minute hour day month weekday'>
      : [
            BadField<Minute, To59, 'minute'>,
            BadField<Hour, To23, 'hour'>,
            BadField<Day, To31, 'day'>,
            BadField<M, Month, 'month'>,
            BadField<W, Weekday, 'weekday'>,
          ][number] extends infer Bad
        ? [Bad] extends [never]
          ? unknown
          : Problem<`${Bad & string} of a cron expression`>
        : never
    : Problem<'a cron expression has five fields: minute hour day month weekday'>;

type BadField<
  Field extends string,
  Allowed extends string,
  Name extends string,
> = Field extends `${infer First},${infer Rest}`
  ? BadField<First, Allowed, Name> | BadField<Rest, Allowed, Name>
  : Field extends `${infer Range}/${infer Step}`
    ? Step extends `${number}`
      ? Step extends '0'
        ? `"${Field}" is no ${Name}`
        : BadRange<Range, Allowed> extends true
          ? `"${Field}" is no ${Name}`
          : never
      : `"${Field}" is no ${Name}`
    : BadRange<Field, Allowed> extends true
      ? `"${Field}" is no ${Name}`
      : never;

type BadRange<Range extends string, Allowed extends string> = Range extends '*' | Allowed
  ? false
  : Range extends `${infer From}-${infer To}`
    ? [From, To] extends [Allowed, Allowed]
      ? false
      : true
    : true;
