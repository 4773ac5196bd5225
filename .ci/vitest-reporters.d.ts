/**
 * The reporters of one workspace's tests. With `CMS_TEST_REPORTS` set to a folder, a JSON report
 * named after the workspace is written there too: .ci/run sums them.
 */
export declare const reportersFor: (workspace: string) => (
  | string
  | [
      string,
      {
        outputFile: string;
      },
    ]
)[];
