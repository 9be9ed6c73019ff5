namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>What a toxic does to a new connection before the upstream is dialled.</summary>
/// <param name="DelayMilliseconds">How long the dial waits.</param>
/// <param name="Refused">Whether the client is reset instead.</param>
internal readonly record struct ConnectEffect(double DelayMilliseconds, bool Refused);
