/*
 * A real n8n on a busy machine has races of its own, which one in some thousand tests meets. Such a
 * test is run once more. It is not hidden: the end of the run tells what went wrong at first.
 */
jest.retryTimes(1, { logErrorsBeforeRetry: true });
