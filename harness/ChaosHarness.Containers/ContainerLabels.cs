using ChaosHarness.Systems;

namespace ChaosHarness.Containers;

/// <summary>The labels that say what a container is.</summary>
public static class ContainerLabels
{
    /// <summary>The zone that it counts to, such as <c>a</c>.</summary>
    public const string Zone = "chaosharness.zone";

    /// <summary>What it is: a name of <see cref="ComponentKind"/>, in any case, such as <c>database</c>. Without it, a service.</summary>
    public const string Kind = "chaosharness.kind";

    internal const string Project = "com.docker.compose.project";
    internal const string Service = "com.docker.compose.service";
    internal const string Number = "com.docker.compose.container-number";
    internal const string OneOff = "com.docker.compose.oneoff";
    internal const string Folder = "com.docker.compose.project.working_dir";
}
