using ChaosHarness.Histories;

namespace ChaosHarness.Tests.Histories;

public sealed class BoundedTextsTests
{
    [Test]
    public void Each_text_has_one_number_and_nothing_has_none()
    {
        var texts = new BoundedTexts(100);

        Assert.That((texts.NumberOf("a"), texts.NumberOf("b"), texts.NumberOf("a"), texts.NumberOf(null), texts.NumberOf("")), Is.EqualTo((1, 2, 1, 0, 3)));
        Assert.That((texts[0], texts[1], texts[2], texts[3]), Is.EqualTo(((string?)null, "a", "b", "")));
    }

    [Test]
    public void So_many_are_kept_and_the_others_are_another()
    {
        var texts = new BoundedTexts(40);
        var numbers = Enumerable.Range(0, 50).Select(i => texts.NumberOf($"text {i}")).ToList();

        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, 40).Concat(Enumerable.Repeat(41, 10))));
        Assert.That(numbers.Select(number => texts[number]), Is.EqualTo(Enumerable.Range(0, 40).Select(i => $"text {i}").Concat(Enumerable.Repeat("another", 10))));
        Assert.That((texts.NumberOf("text 39"), texts.NumberOf("text 40")), Is.EqualTo((40, 41)));
    }

    [Test]
    public void Long_ones_are_kept_as_their_beginning()
    {
        var texts = new BoundedTexts(100);
        var (fits, tooLong) = (new string('x', BoundedTexts.MostLength), new string('y', BoundedTexts.MostLength + 1));

        Assert.That((texts[texts.NumberOf(fits)], texts[texts.NumberOf(tooLong)]), Is.EqualTo((fits, new string('y', BoundedTexts.MostLength - 1) + "…")));
        Assert.That(texts.NumberOf(tooLong + " and more"), Is.EqualTo(texts.NumberOf(tooLong)));
    }

    [Test]
    public void No_character_is_kept_by_half()
    {
        var texts = new BoundedTexts(100);
        var before = new string('x', BoundedTexts.MostLength - 2);

        Assert.That(texts[texts.NumberOf(before + "🔥🔥")], Is.EqualTo(before + "…"));
        Assert.That(texts[texts.NumberOf(before[1..] + "🔥🔥")], Is.EqualTo(before[1..] + "🔥…"));
    }

    [Test]
    public void Threads_that_ask_at_once_are_given_the_same_numbers()
    {
        var texts = new BoundedTexts(1_000);
        using var start = new Barrier(4);
        var given = new int[4][];
        var threads = Enumerable.Range(0, 4).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            given[thread] = [.. Enumerable.Range(0, 2_000).Select(i => texts.NumberOf($"text {i}"))];
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.That(given, Is.All.EqualTo(given[0]));
        Assert.That(Enumerable.Range(0, 2_000).All(i => given[0][i] == 1_001 || texts[given[0][i]] == $"text {i}"), Is.True);
        Assert.That(given[0].Count(number => number != 1_001), Is.EqualTo(1_000));
    }
}
