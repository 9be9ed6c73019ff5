using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>Traffic of writes.</summary>
internal static class WritesSection
{
    public static readonly Field<string> Name = new("name", Texts.Name, "What the traffic is called. Default: writes.");

    public static readonly Field<double> PerSecond = new("per-second", new NumberForm(0.01, 10_000), "Writes a second, sent at their time however slow the answers are. Default: 20.");

    public static readonly Field<TimeSpan> Timeout = new("timeout", new DurationForm(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5), "2s"), "A write that is not answered for so long is an error. Default: 2s.");

    public static readonly Field<TimeSpan> SlowAfter = new("slow-after", new DurationForm(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5), "500ms"), "A write that took longer is bad. Default: none is too slow.");

    public static readonly Field<Values> Http = new("http", HttpSection.Section, HttpSection.Section.Says);

    public static readonly Field<Values> Sql = new("sql", SqlSection.Section, SqlSection.Section.Says);

    public static readonly Field<Values> Redis = new("redis", RedisSection.Section, RedisSection.Section.Says);

    public static readonly Field<Values> Amqp = new("amqp", AmqpSection.Section, AmqpSection.Section.Says);

    public static readonly Field<Values> ReadBack = new("read-back", ReadBackSection.Section, ReadBackSection.Section.Says);

    private static readonly IReadOnlyList<Field> Ways = [Http, Sql, Redis, Amqp];

    public static readonly Section Section = new("traffic", "Writes that are sent while the system is broken, and looked up afterwards.", [Name, PerSecond, Timeout, SlowAfter, Http, Sql, Redis, Amqp, ReadBack], Check);

    private static void Check(Values values, Mistakes mistakes)
    {
        var ways = Ways.Where(values.Has).ToList();
        if (ways.Count != 1)
        {
            mistakes.Add(ways.Count == 0 ? values.At : values.PlaceOf(ways[1]), $"writes are sent in one way: {string.Join(", ", Ways.Select(way => way.Name))}.");
        }
    }
}
