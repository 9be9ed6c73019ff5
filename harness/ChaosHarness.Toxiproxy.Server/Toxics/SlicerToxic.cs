using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Toxics;

/// <summary>
/// Cuts chunks into slices of about <c>average_size</c> bytes, give or take <c>size_variation</c>, with <c>delay</c> microseconds behind each.
/// A chunk is halved, with the cut moved at random by the variation, until the pieces are small enough.
/// </summary>
internal sealed class SlicerToxic : IToxic
{
    private static readonly ToxicAttribute AverageSize = new("average_size") { Minimum = 1 };
    private static readonly ToxicAttribute SizeVariation = new("size_variation") { Minimum = 0 };
    private static readonly ToxicAttribute Delay = new("delay");
    private TimeSpan _free;

    public static ToxicType Type { get; } = new("slicer", () => new SlicerToxic(), AverageSize, SizeVariation, Delay)
    {
        Check = values => values[SizeVariation] > values[AverageSize] ? "size_variation must be at most average_size" : null,
    };

    public void Start(IStage stage) => _free = stage.Moment;

    public void Receive(Chunk chunk, IStage stage)
    {
        _free = Moments.Later(_free, chunk.At);
        Slice(chunk, stage);
    }

    // The delay behind the last slice of a chunk holds back the next chunk, not this slice.
    public void End(Chunk end, IStage stage) => stage.Pass(end, Moments.Later(_free, end.At));

    private void Slice(Chunk chunk, IStage stage)
    {
        var (length, variation) = (chunk.Data.Length, stage[SizeVariation]);
        if (length - stage[AverageSize] <= variation || length < 2)
        {
            stage.Pass(chunk, _free);
            _free = _free.AfterMilliseconds(stage[Delay] / 1000.0);
            return;
        }

        var shift = variation == 0 ? 0 : stage.Chance.Between(-variation, variation);
        var cut = (int)Math.Clamp((length / 2.0) + shift, 1, length - 1);
        Slice(chunk with { Data = chunk.Data[..cut] }, stage);
        Slice(chunk with { Data = chunk.Data[cut..] }, stage);
    }
}
