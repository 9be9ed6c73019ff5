using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChaosHarness.Aspire.Tests;

public sealed class ReplicaStateTests
{
    private static readonly CustomResourceSnapshot Running = new() { ResourceType = "Project", Properties = [new("executable.pid", 4711)], State = "Running" };

    [Test]
    public void It_has_the_process_and_the_ports_of_its_own()
    {
        var state = ReplicaState.Of(Running with
        {
            EnvironmentVariables =
            [
                new("ASPNETCORE_URLS", "http://localhost:8001;https://localhost:8002", IsFromSpec: true),
                new("services__api__http__0", "http://localhost:9000", IsFromSpec: true),
            ],
        });

        Assert.That((state.ProcessId, state.IsRunning, state.HasEnded), Is.EqualTo((4711, true, false)));
        Assert.That(state.Ports, Is.EqualTo(new[] { 8001, 8002 }));
    }

    [Test]
    public void Addresses_that_only_the_host_has_in_its_environment_are_not_its_own() =>
        Assert.That(ReplicaState.Of(Running with { EnvironmentVariables = [new("ASPNETCORE_URLS", "http://localhost:8001", IsFromSpec: false), new("ASPNETCORE_URLS", "nonsense", IsFromSpec: true)] }).Ports, Is.Empty);

    [Test]
    public void A_check_that_did_not_run_yet_has_found_nothing()
    {
        var pass = new HealthReportSnapshot("disk", HealthStatus.Healthy, null, null);
        var wait = new HealthReportSnapshot("http", null, null, null);

        Assert.That(ReplicaState.HealthOf([pass, wait], HealthStatus.Unhealthy), Is.Null);
        Assert.That(ReplicaState.HealthOf([pass], HealthStatus.Healthy), Is.EqualTo(HealthStatus.Healthy));
        Assert.That(ReplicaState.HealthOf([], HealthStatus.Healthy), Is.EqualTo(HealthStatus.Healthy), "nobody checks it");
    }

    [TestCase("Finished", true)]
    [TestCase("Exited", true)]
    [TestCase("FailedToStart", true)]
    [TestCase("RuntimeUnhealthy", true)]
    [TestCase("Starting", false)]
    [TestCase("Waiting", false)]
    public void Some_states_mean_that_something_is_wrong(string state, bool isWrong) => Assert.That(ReplicaState.Of(Running with { State = state }).IsWrong, Is.EqualTo(isWrong));

    [TestCase("Finished", 0, "exit code 0", true)]
    [TestCase("Finished", 137, "exit code 137", false)]
    [TestCase("Starting", 0, "", false)]
    public void How_it_ended_is_told_while_it_has_ended(string state, int code, string detail, bool isDone)
    {
        var ended = ReplicaState.Of(Running with { State = state, ExitCode = code });

        Assert.That((ended.Detail, ended.IsDone), Is.EqualTo((detail, isDone)));
    }
}
