using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>A type of toxic: its name on the wire, its attributes, and how to begin on a connection.</summary>
/// <param name="name">The name on the wire.</param>
/// <param name="create">Makes the behaviour for one direction of one connection.</param>
/// <param name="attributes">Its attributes.</param>
internal sealed class ToxicType(string name, Func<IToxic> create, params ToxicAttribute[] attributes)
{
    public string Name { get; } = name;

    public Func<IToxic> Create { get; } = create;

    public ToxicAttribute[] Attributes { get; } = attributes;

    /// <summary>How many chunks it holds before it makes the sender wait.</summary>
    public int Buffer { get; init; } = 1;

    /// <summary>Says what is wrong with values that are fine one by one.</summary>
    public Func<ToxicAttributes, string?> Check { get; init; } = _ => null;

    /// <summary>What it does to new connections before the upstream is dialled.</summary>
    public Func<ToxicAttributes, ConnectEffect>? OnConnect { get; init; }

    /// <summary>Whether no new connection comes about at all while it is there.</summary>
    public bool HangsConnects { get; init; }
}
