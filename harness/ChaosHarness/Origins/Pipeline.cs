namespace ChaosHarness.Origins;

/// <summary>What a pipeline says of itself in the environment: GitHub Actions, GitLab CI, Azure Pipelines, Jenkins.</summary>
/// <param name="Name">The product.</param>
/// <param name="Branch">The branch.</param>
/// <param name="Commit">The commit.</param>
/// <param name="Build">The number of the build.</param>
/// <param name="BuildUrl">Where the build is shown.</param>
public sealed record Pipeline(string Name, string? Branch, string? Commit, string? Build, string? BuildUrl)
{
    /// <summary>Who started it; null where it does not say.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Finds the pipeline that this process runs in.</summary>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <returns>The pipeline; null outside of one.</returns>
    public static Pipeline? Find(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string? Read(string name) => variable(name) is { Length: > 0 } value ? value : null;

        if (Read("GITHUB_ACTIONS") is not null)
        {
            var url = Read("GITHUB_RUN_ID") is { } id ? $"{Read("GITHUB_SERVER_URL") ?? "https://github.com"}/{Read("GITHUB_REPOSITORY")}/actions/runs/{id}" : null;
            // A pull request is built from a merge; its own branch is the head.
            return new Pipeline("GitHub Actions", Read("GITHUB_HEAD_REF") ?? Read("GITHUB_REF_NAME"), Read("GITHUB_SHA"), Read("GITHUB_RUN_NUMBER"), url) { StartedBy = Read("GITHUB_TRIGGERING_ACTOR") ?? Read("GITHUB_ACTOR") };
        }

        if (Read("GITLAB_CI") is not null)
        {
            return new Pipeline("GitLab CI", Read("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME") ?? Read("CI_COMMIT_REF_NAME"), Read("CI_COMMIT_SHA"), Read("CI_PIPELINE_IID"), Read("CI_PIPELINE_URL")) { StartedBy = Read("GITLAB_USER_LOGIN") };
        }

        if (Read("TF_BUILD") is not null)
        {
            var url = Read("BUILD_BUILDID") is { } id ? $"{Read("SYSTEM_COLLECTIONURI")}{Read("SYSTEM_TEAMPROJECT")}/_build/results?buildId={id}" : null;
            return new Pipeline("Azure Pipelines", Without("refs/heads/", Read("SYSTEM_PULLREQUEST_SOURCEBRANCH") ?? Read("BUILD_SOURCEBRANCH")), Read("BUILD_SOURCEVERSION"), Read("BUILD_BUILDNUMBER"), url) { StartedBy = Read("BUILD_REQUESTEDFOR") };
        }

        return Read("JENKINS_URL") is null ? null : new Pipeline("Jenkins", Read("BRANCH_NAME") ?? Without("origin/", Read("GIT_BRANCH")), Read("GIT_COMMIT"), Read("BUILD_NUMBER"), Read("BUILD_URL")) { StartedBy = Read("BUILD_USER_ID") };
    }

    // Some say where a branch is kept, others only what it is called; runs of both are compared.
    private static string? Without(string start, string? branch) => branch?.StartsWith(start, StringComparison.Ordinal) == true ? branch[start.Length..] : branch;
}
