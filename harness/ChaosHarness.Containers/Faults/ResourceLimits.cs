using System.Globalization;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Safety;
using Docker.DotNet.Models;

namespace ChaosHarness.Containers.Faults;

/// <summary>What a container may use, as its engine keeps it; 0 is no limit.</summary>
/// <param name="NanoCpus">Billionths of a processor, one of two ways in which its share is said.</param>
/// <param name="CpuPeriod">The other way: microseconds of a period,</param>
/// <param name="CpuQuota">and of processor time in it.</param>
/// <param name="Memory">Bytes.</param>
/// <param name="MemorySwap">Bytes of memory and swap together.</param>
internal sealed record ResourceLimits(long NanoCpus, long CpuPeriod, long CpuQuota, long Memory, long MemorySwap)
{
    private const long Period = 100_000;

    public static ResourceLimits Of(FoundContainer container) =>
        new(container.Host.NanoCPUs, container.Host.CPUPeriod, container.Host.CPUQuota, container.Host.Memory, container.Host.MemorySwap);

    public static ResourceLimits Of(RevertRecipe recipe) => new(Read(recipe, nameof(NanoCpus)), Read(recipe, nameof(CpuPeriod)), Read(recipe, nameof(CpuQuota)), Read(recipe, nameof(Memory)), Read(recipe, nameof(MemorySwap)));

    public IEnumerable<KeyValuePair<string, string>> Parameters =>
    [
        new(nameof(NanoCpus), Text(NanoCpus)), new(nameof(CpuPeriod), Text(CpuPeriod)), new(nameof(CpuQuota), Text(CpuQuota)), new(nameof(Memory), Text(Memory)), new(nameof(MemorySwap), Text(MemorySwap)),
    ];

    /// <summary>These with others: the processor's share is said in the way in which it was, as an engine takes no other then.</summary>
    public ResourceLimits With(double? cpus, long? memory)
    {
        var limits = this;
        if (cpus is { } share)
        {
            limits = NanoCpus > 0 ? limits with { NanoCpus = (long)(share * 1e9) } : limits with { CpuPeriod = CpuPeriod > 0 ? CpuPeriod : Period, CpuQuota = Math.Max(1000, (long)(share * (CpuPeriod > 0 ? CpuPeriod : Period))) };
        }

        return memory is { } bytes ? limits with { Memory = bytes, MemorySwap = bytes } : limits;
    }

    /// <summary>What to tell an engine so that these are in force again; it takes 0 for no change, so that no limit becomes one that does not limit.</summary>
    /// <param name="now">What is in force now.</param>
    /// <param name="memoryOfMachine">Bytes.</param>
    public ContainerUpdateParameters Update(ResourceLimits now, long memoryOfMachine)
    {
        var update = new ContainerUpdateParameters();
        if ((NanoCpus, CpuPeriod, CpuQuota) != (now.NanoCpus, now.CpuPeriod, now.CpuQuota))
        {
            (update.NanoCPUs, update.CPUPeriod, update.CPUQuota) = NanoCpus > 0 ? (NanoCpus, 0L, 0L) : (0L, CpuPeriod > 0 ? CpuPeriod : Period, CpuQuota > 0 ? CpuQuota : -1L);
        }

        if ((Memory, MemorySwap) != (now.Memory, now.MemorySwap))
        {
            // Of swap without an end engines tell their runtimes nothing, and these refuse more memory than memory and swap together.
            var memory = Memory > 0 ? Memory : memoryOfMachine;
            (update.Memory, update.MemorySwap) = (memory, MemorySwap > 0 ? MemorySwap : memory + memoryOfMachine);
        }

        return update;
    }

    /// <summary>Whether these let through what others do.</summary>
    public bool AreInForceLike(ResourceLimits other) => NanoCpus == other.NanoCpus && CpuQuota == other.CpuQuota && Memory == other.Memory;

    private static long Read(RevertRecipe recipe, string name) => long.Parse(recipe.Parameters[name], CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
