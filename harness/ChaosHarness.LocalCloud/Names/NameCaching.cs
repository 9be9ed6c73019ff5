namespace ChaosHarness.LocalCloud.Names;

/// <summary>How long a client keeps what a name led to.</summary>
public enum NameCaching
{
    /// <summary>As long as the answer says: what a caching resolver does.</summary>
    TimeToLive,

    /// <summary>Not at all: each connection asks. Neither glibc nor .NET keeps anything by itself.</summary>
    None,

    /// <summary>For good, as runtimes do that look a name up once.</summary>
    Forever,
}
