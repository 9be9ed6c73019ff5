using ChaosHarness.Origins;

namespace ChaosHarness.Tests.Origins;

public sealed class PipelineTests
{
    [Test]
    public void Outside_of_a_pipeline_there_is_none() => Assert.That(Find(new() { ["PATH"] = "/bin", ["GITHUB_ACTIONS"] = "" }), Is.Null);

    [Test]
    public void GitHub_Actions_names_the_head_of_a_pull_request()
    {
        var variables = new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_REF_NAME"] = "main",
            ["GITHUB_SHA"] = "abc",
            ["GITHUB_RUN_NUMBER"] = "7",
            ["GITHUB_RUN_ID"] = "99",
            ["GITHUB_SERVER_URL"] = "https://git.example",
            ["GITHUB_REPOSITORY"] = "shop/orders",
        };

        Assert.That(Find(variables), Is.EqualTo(new Pipeline("GitHub Actions", "main", "abc", "7", "https://git.example/shop/orders/actions/runs/99")));
        Assert.That(Find(new(variables) { ["GITHUB_HEAD_REF"] = "faster" })!.Branch, Is.EqualTo("faster"));
    }

    [Test]
    public void GitLab_and_Azure_and_Jenkins_are_known_too()
    {
        Assert.That(
            Find(new() { ["GITLAB_CI"] = "true", ["CI_COMMIT_REF_NAME"] = "main", ["CI_COMMIT_SHA"] = "abc", ["CI_PIPELINE_IID"] = "8", ["CI_PIPELINE_URL"] = "https://x/8" }),
            Is.EqualTo(new Pipeline("GitLab CI", "main", "abc", "8", "https://x/8")));
        Assert.That(
            Find(new() { ["TF_BUILD"] = "True", ["BUILD_SOURCEBRANCH"] = "refs/heads/release/1", ["BUILD_SOURCEVERSION"] = "abc", ["BUILD_BUILDNUMBER"] = "9", ["BUILD_BUILDID"] = "1", ["SYSTEM_COLLECTIONURI"] = "https://x/", ["SYSTEM_TEAMPROJECT"] = "shop" }),
            Is.EqualTo(new Pipeline("Azure Pipelines", "release/1", "abc", "9", "https://x/shop/_build/results?buildId=1")));
        Assert.That(
            Find(new() { ["JENKINS_URL"] = "https://j", ["BRANCH_NAME"] = "main", ["GIT_COMMIT"] = "abc", ["BUILD_NUMBER"] = "10", ["BUILD_URL"] = "https://j/10" }),
            Is.EqualTo(new Pipeline("Jenkins", "main", "abc", "10", "https://j/10")));
    }

    [TestCase("GITHUB_ACTIONS", "GITHUB_ACTOR")]
    [TestCase("GITLAB_CI", "GITLAB_USER_LOGIN")]
    [TestCase("TF_BUILD", "BUILD_REQUESTEDFOR")]
    [TestCase("JENKINS_URL", "BUILD_USER_ID")]
    public void Who_started_it_is_whom_it_names(string product, string person)
    {
        Assert.That(Find(new() { [product] = "x", [person] = "ann" })!.StartedBy, Is.EqualTo("ann"));
        Assert.That(Find(new() { [product] = "x" })!.StartedBy, Is.Null);
        Assert.That(Find(new() { ["GITHUB_ACTIONS"] = "x", ["GITHUB_ACTOR"] = "ann", ["GITHUB_TRIGGERING_ACTOR"] = "bob" })!.StartedBy, Is.EqualTo("bob"), "who runs it again");
    }

    [Test]
    public void The_branch_of_a_merge_request_is_its_own_and_without_where_it_is_kept()
    {
        Assert.That(Find(new() { ["GITLAB_CI"] = "true", ["CI_COMMIT_REF_NAME"] = "main", ["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"] = "faster" })!.Branch, Is.EqualTo("faster"));
        Assert.That(Find(new() { ["TF_BUILD"] = "True", ["BUILD_SOURCEBRANCH"] = "refs/pull/1/merge", ["SYSTEM_PULLREQUEST_SOURCEBRANCH"] = "refs/heads/faster" })!.Branch, Is.EqualTo("faster"));
        Assert.That(Find(new() { ["JENKINS_URL"] = "x", ["GIT_BRANCH"] = "origin/faster" })!.Branch, Is.EqualTo("faster"));
        Assert.That(Find(new() { ["JENKINS_URL"] = "x", ["GIT_BRANCH"] = "origin/other", ["BRANCH_NAME"] = "faster" })!.Branch, Is.EqualTo("faster"));
    }

    private static Pipeline? Find(Dictionary<string, string> variables) => Pipeline.Find(variables.GetValueOrDefault);
}
