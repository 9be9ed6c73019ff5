namespace ChaosTests;

/// <summary>The system that is broken here. Change these lines to yours; everything else follows.</summary>
internal static class TheSystem
{
    /// <summary>Where users reach it.</summary>
    public static readonly Uri Address = new("http://127.0.0.1:5000/");

    /// <summary>Where it takes writes, and where it lists the ids of all that it holds.</summary>
    public static readonly Uri Writes = new(Address, "orders");
    public static readonly Uri Stored = new(Address, "orders/ids");

    /// <summary>The file that holds the number of its process, and what starts it again: a program that returns once it is started.</summary>
    private const string PidFile = "/run/my-service.pid";
    private static readonly string[] Start = ["systemctl", "start", "my-service"];

    /// <summary>What it consists of, and where it runs: Chaos.AllowedEnvironments of a profile has to allow that.</summary>
    public static SystemUnderTest UnderTest { get; } = new("my-system")
    {
        Environment = "local",
        Components = [new("service", ComponentKind.Service), new("network", ComponentKind.Link)],
    };

    public static ExternalProcess Service { get; } = ExternalProcess.WithPidFile(UnderTest.Component("service"), PidFile, Start[0], Start[1..]);
}
