using ChaosHarness.Toxiproxy.Server.Toxics;

namespace ChaosHarness.Toxiproxy.Server.Streams;

/// <summary>The place of a toxic in a stream, as the toxic sees it.</summary>
internal interface IStage
{
    /// <summary>The moment of what is happening.</summary>
    TimeSpan Moment { get; }

    /// <summary>Chance, reproducible for this connection and toxic from the server's seed.</summary>
    Chance Chance { get; }

    /// <summary>The current value of an attribute.</summary>
    /// <param name="attribute">An attribute of the toxic's type.</param>
    /// <returns>The value.</returns>
    long this[ToxicAttribute attribute] { get; }

    /// <summary>The current value of an attribute that is a fraction.</summary>
    /// <param name="attribute">An attribute of the toxic's type.</param>
    /// <returns>The value.</returns>
    double Fraction(ToxicAttribute attribute);

    /// <summary>Hands a chunk on when it is due, never before what was handed on earlier.</summary>
    /// <param name="chunk">What to hand on.</param>
    /// <param name="due">When; <see cref="Moments.Never"/> keeps it until the toxic is changed or removed.</param>
    void Pass(Chunk chunk, TimeSpan due);

    /// <summary>Ends the stream behind what was handed on; whatever arrives from now on is dropped.</summary>
    /// <param name="kind">How it ends.</param>
    /// <param name="due">When.</param>
    void EndStream(ChunkKind kind, TimeSpan due);

    /// <summary>Asks to be called at a moment, in place of the moment asked for before.</summary>
    /// <param name="moment">When; <see cref="Moments.Never"/> asks for nothing.</param>
    void SetAlarm(TimeSpan moment);
}
