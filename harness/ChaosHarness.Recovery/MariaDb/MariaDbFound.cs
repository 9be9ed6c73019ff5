namespace ChaosHarness.Recovery.MariaDb;

/// <summary>A backup that was found: when it was complete, and from where in the binary logs it goes on.</summary>
internal sealed record MariaDbFound(string Folder, DateTimeOffset Finished, (string File, long Position)? Position);
