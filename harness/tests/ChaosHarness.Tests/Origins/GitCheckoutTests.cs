using ChaosHarness.Origins;

namespace ChaosHarness.Tests.Origins;

public sealed class GitCheckoutTests
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("checkout-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_branch_and_its_commit_are_found_from_deep_inside()
    {
        Write(".git/HEAD", "ref: refs/heads/feature/fast\n");
        Write(".git/refs/heads/feature/fast", Commit + "\n");
        var deep = Directory.CreateDirectory(Path.Combine(_folder, "a", "b")).FullName;

        Assert.That(GitCheckout.Find(deep), Is.EqualTo(new GitCheckout("feature/fast", Commit)));
    }

    [Test]
    public void A_packed_branch_is_found()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");
        Write(".git/packed-refs", $"# pack-refs with: peeled\n{Commit} refs/heads/main\nffff refs/heads/not-main\n");

        Assert.That(GitCheckout.Find(_folder), Is.EqualTo(new GitCheckout("main", Commit)));
    }

    [Test]
    public void A_commit_checked_out_by_itself_has_no_branch()
    {
        Write(".git/HEAD", Commit);

        Assert.That(GitCheckout.Find(_folder), Is.EqualTo(new GitCheckout(null, Commit)));
    }

    [Test]
    public void A_linked_worktree_points_elsewhere()
    {
        Write("repository/.git/worktrees/tree/HEAD", "ref: refs/heads/main\n");
        Write("repository/.git/worktrees/tree/commondir", "../..\n");
        Write("repository/.git/refs/heads/main", Commit);
        Write("tree/.git", "gitdir: ../repository/.git/worktrees/tree\n");

        Assert.That(GitCheckout.Find(Path.Combine(_folder, "tree")), Is.EqualTo(new GitCheckout("main", Commit)));
    }

    [Test]
    public void A_repository_without_a_commit_has_only_a_branch()
    {
        Write(".git/HEAD", "ref: refs/heads/main\n");

        Assert.That(GitCheckout.Find(_folder), Is.EqualTo(new GitCheckout("main", null)));
    }

    [TestCase("ref: refs/tags/v1\n", "refs/tags/v1", null)]
    [TestCase("", null, null)]
    public void What_is_no_branch_is_named_in_full_and_nothing_is_nothing(string head, string? branch, string? commit)
    {
        Write(".git/HEAD", head);
        Write(".git/packed-refs", $"{Commit} refs/heads/main\n");

        Assert.That(GitCheckout.Find(_folder), Is.EqualTo(new GitCheckout(branch, commit)));
    }

    [Test]
    public void A_repository_that_cannot_be_read_is_none()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));

        Assert.That(GitCheckout.Find(_folder), Is.Null);
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
