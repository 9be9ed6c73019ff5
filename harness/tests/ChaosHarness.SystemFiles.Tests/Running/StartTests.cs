using ChaosHarness.Experiments;
using ChaosHarness.SystemFiles.Machine;

namespace ChaosHarness.SystemFiles.Tests.Running;

[Platform("Linux")]
public sealed class StartTests
{
    [Test]
    public void What_does_not_start_says_why_and_leaves_nothing()
    {
        var file = SystemFile.Parse("""
            system: s
            environment: local
            components:
              - { name: sleeper, run: sleep 4711 }
              - { name: broken, run: [sh, -c, "echo no such database; exit 3"], ready: 127.0.0.1:9 }
            probes: { tcp: 127.0.0.1:9 }
            """);

        Assert.That(async () => await file.StartAsync(), Throws.TypeOf<NotRunException>().With.Message.Contains("broken ended with exit code 3").And.Message.Contains("no such database"));
        Assert.That(new ProcessTable().Read().Values.Where(process => process.Arguments is ["sleep", "4711"]), Is.Empty);
    }
}
