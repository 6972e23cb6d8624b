/** The exit codes of the command, by what they mean. Scripts rely on the numbers, so they never change. */

export const EXIT_CODES = {
  done: 0,
  refused: 1,
  wrongUsage: 2,
  noUsableAnswer: 3,
  challengeWaiting: 4,
  /** EX_SOFTWARE of sysexits.h. */
  fault: 70,
  /** 128 + SIGINT, as shells report it. */
  interrupted: 130,
} as const;

/** What each exit code means, for --help. */
export const EXIT_CODE_HELP = `Exit codes:
    0  the command did what it was asked to do
    1  the service refused the request
    2  the command was called wrongly, or a file cannot be used
    3  the service gave no usable answer, for example because it cannot be reached
    4  a challenge waits for an answer: see cognito-srp respond --help
   70  standard output could not be written, or the program has a fault
  130  Ctrl-C was pressed at a prompt
`;
