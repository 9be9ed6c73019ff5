namespace ChaosHarness.Tool.Tests.Drills;

/// <summary>Whole test sessions, as drills run them: real processes that write into a checkout, and what the closing table makes of it.</summary>
public sealed class SessionTests
{
    private Checkout _checkout = null!;

    [SetUp]
    public void MakeCheckout() => _checkout = new Checkout();

    [TearDown]
    public void RemoveCheckout() => _checkout.Dispose();

    [Test]
    public async Task Two_sessions_at_once_in_one_checkout_keep_their_results_apart()
    {
        var runs = await Task.WhenAll(_checkout.TestAsync("one", "first"), _checkout.TestAsync("other", "second"));
        Assert.That(runs.Select(run => run.ExitCode), Is.All.Zero, runs[0].Output + runs[1].Output);

        var (one, other) = (await _checkout.TableAsync("one"), await _checkout.TableAsync("other"));
        Assert.That(one.Output, Does.Contain("Experiments: 2 of 2 passed.").And.Not.Contain("second"), one.Errors);
        Assert.That(other.Output, Does.Contain("Experiments: 3 of 3 passed.").And.Not.Contain("first"), other.Errors);
        Assert.That((one.ExitCode, other.ExitCode), Is.EqualTo((0, 0)));
        Assert.That(_checkout.Sessions, Is.EquivalentTo(new[] { "one", "other" }));
        Assert.That(_checkout.Journals, Is.EqualTo(5), "journals are of all sessions");
    }

    [TestCase("killed", "Experiments: 1 of 2 passed, 1 broken.")]
    [TestCase("killed-first", "Experiments: 0 of 1 passed, 1 broken.")]
    public async Task A_host_that_is_killed_leaves_no_success_and_what_is_still_broken_is_told(string category, string count)
    {
        var run = await _checkout.TestAsync("killed", category);
        var table = await _checkout.TableAsync("killed");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output);
        Assert.That(table.ExitCode, Is.EqualTo(1), table.Output + table.Errors);
        Assert.That(table.Output, Does.Contain("Broken, the process ended: Kills its host").And.Contain("  The test host ended before this test did: it has no result."));
        Assert.That(table.Output, Does.Contain("The test host ended before its tests did: 1 experiment has no result, and what was to come after did not run."));
        Assert.That(table.Output, Does.Match("Left broken: .*kill the host.*\\. To undo it: chaos faults revert --journals \"").And.Contain(count));
    }

    // Inconclusive and impossible tests are skipped or fail as the profile says, and the table says what came of that.
    [TestCase("pass", "skip", 0, "1 of 3 passed, 2 skipped.")]
    [TestCase("fail", "skip", 1, "1 of 3 passed, 1 inconclusive, 1 skipped.")]
    [TestCase("pass", "fail", 1, "1 of 3 passed, 1 inconclusive, 1 skipped.")]
    [TestCase("fail", "fail", 1, "1 of 3 passed, 2 inconclusive.")]
    public async Task The_table_counts_as_the_session_does(string inconclusive, string impossible, int exitCode, string count)
    {
        var run = await _checkout.TestAsync("profile", "mixed", ("Chaos.Inconclusive", inconclusive), ("Chaos.Impossible", impossible));
        var table = await _checkout.TableAsync("profile");

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Output);
        Assert.That(table.Output, Does.Contain("Experiments: " + count), table.Errors);
        Assert.That(table.ExitCode, Is.EqualTo(exitCode));
    }
}
