using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>What holds of the bounds of any history, however strange.</summary>
public sealed class RecoveryLawsTests
{
    private static readonly Gen<Request> AnyRequest =
        from due in Gen.Int[0, 60]
        from late in Gen.Frequency((4, Gen.Const(0)), (1, Gen.Int[1, 12]))
        from took in Gen.Int[0, 25]
        from verdict in Gen.Frequency(
            (5, Gen.Const(OperationVerdict.Good)),
            (3, Gen.Const(OperationVerdict.Error)),
            (1, Gen.Const(OperationVerdict.Slow)),
            (1, Gen.Const(OperationVerdict.NotSent)))
        select new Request(Ms(due), Ms(due + late), Ms(due + late + (verdict == OperationVerdict.NotSent ? 0 : took)), verdict);

    private static readonly Gen<Table> AnyTable =
        from requests in AnyRequest.Array[0, 25]
        from struck in Gen.Int[0, 30]
        from injecting in Gen.Int[0, 5]
        from timeout in Gen.Int[4, 25]
        from slow in Gen.Frequency((1, Gen.Const(1000)), (1, Gen.Int[2, 25]))
        from longest in Gen.Int[0, 25]
        from stable in Gen.Select(Gen.Int[1, 3], Gen.Int[0, 10])
        from chunkSize in Gen.Int[1, 6]
        select new Table(
            [.. requests.OrderBy(request => request.Due)],
            new TimeWindow(Ms(struck), Ms(struck + injecting)),
            new RequestRule(slow == 1000 ? null : Ms(slow), Ms(timeout), Ms(Math.Min(longest, Math.Min(slow, timeout)))),
            new Stability(stable.Item1, Ms(stable.Item2)),
            chunkSize);

    [Test]
    public void At_every_moment_they_are_what_the_definition_says() => AnyTable.Sample(
        table =>
        {
            for (var now = 0; now <= 100; now++)
            {
                var source = new RequestTable(table.Requests, Ms(now), table.ChunkSize);
                var requests = new KnownRequests(source);
                var bounds = table.BoundsOf(requests);
                var definition = new RecoveryDefinition(source.Known, Ms(now), table.Rule, table.Injection, table.Stability);
                Assert.That(bounds, Is.EqualTo(definition.Bounds), $"at {now}");
                Assert.That(UnseenOutage.From(requests, table.Injection.Start), Is.EqualTo(definition.LongestUnseen()), $"unseen, at {now}");
                Assert.That(OutageCount.Of(requests, table.Rule, table.Injection.Start), Is.EqualTo(definition.Outages()), $"outages, at {now}");
                if (bounds.ServedFrom < Request.Never)
                {
                    var later = UnseenOutage.After(requests, requests.LastSentOfAnswered(bounds.ServedFrom));
                    Assert.That(later, Is.EqualTo(definition.LongestUnseenLater()), $"unseen later, at {now}");
                }
            }

            return true;
        },
        iter: 1_500);

    [Test]
    public void At_every_moment_they_are_what_is_told_as_it_unfolds() => AnyTable.Sample(
        table =>
        {
            var told = new StreamingRecovery(table.Rule, table.Injection, table.Stability);
            var events = table.Requests.SelectMany(request => request.IsRefused
                ? new (TimeSpan At, Action Tell)[] { (request.Sent, () => told.Refuse(request.Sent)) }
                : [(request.Sent, () => told.Send(request.Sent)), (request.Completed, () => told.Complete(request))]);
            var ahead = new Queue<(TimeSpan At, Action Tell)>(events.OrderBy(entry => entry.At));
            for (var now = 0; now <= 100; now++)
            {
                while (ahead.TryPeek(out var next) && next.At <= Ms(now))
                {
                    ahead.Dequeue().Tell();
                }

                var requests = table.KnownAt(Ms(now));
                if (table.BoundsOf(requests) != told.At(Ms(now)) || UnseenOutage.From(requests, table.Injection.Start) != told.LongestUnseen)
                {
                    return false;
                }
            }

            return true;
        },
        iter: 1_500);

    [Test]
    public void What_is_answered_after_the_cut_changes_nothing() => Gen.Select(AnyTable, AnyRequest.Array[25], Gen.Int[0, 60]).Sample(
        (table, answers, cut) =>
        {
            var others = table.Requests.Zip(answers, (request, other) => request.Completed > Ms(cut) && request.Sent <= Ms(cut) && request.Verdict != OperationVerdict.NotSent
                ? request with { Completed = Ms(cut + 1) + (other.Completed - other.Due), Verdict = other.Verdict }
                : request);
            return table.At(Ms(cut)) == (table with { Requests = [.. others] }).At(Ms(cut));
        },
        iter: 20_000);

    [Test]
    public void The_lower_bound_never_exceeds_the_upper_one() => AnyTable.Sample(
        table => table.At(Ms(1000)) is var bounds && bounds.LastBad <= bounds.LastMet && bounds.LastMet <= bounds.ServedFrom && bounds.LastBad >= table.Injection.Start,
        iter: 20_000);

    [Test]
    public void One_good_answer_more_never_widens_them() => Gen.Select(AnyTable, AnyRequest).Sample(
        (table, more) =>
        {
            var until = table.Requests.Where(request => request.IsGood).Select(request => request.Sent).DefaultIfEmpty(TimeSpan.MinValue).Max();
            if (more.Sent > until)
            {
                return true;
            }

            var with = table with { Requests = [.. table.Requests.Append(more with { Verdict = OperationVerdict.Good }).OrderBy(request => request.Due)] };
            var (before, after) = (table.At(Ms(1000)), with.At(Ms(1000)));
            return after.LastBad >= before.LastBad
                && after.ServedFrom <= before.ServedFrom
                && (before.Interrupted || !(with.LongestUnseen() > table.LongestUnseen()));
        },
        iter: 20_000);

    [Test]
    public void The_longer_an_undisturbed_request_may_take_the_later_is_the_upper_bound() => Gen.Select(AnyTable, Gen.Int[0, 25]).Sample(
        (table, longer) =>
        {
            var longest = table.Rule.Longest + Ms(longer) is var sum && sum < table.Rule.Limit ? sum : table.Rule.Limit;
            return (table with { Rule = table.Rule with { Longest = longest } }).At(Ms(1000)).ServedFrom >= table.At(Ms(1000)).ServedFrom;
        },
        iter: 20_000);

    [Test]
    public void A_good_answer_turned_bad_never_lowers_them() => Gen.Select(AnyTable, Gen.Int[0, 24]).Sample(
        (table, index) =>
        {
            if (index >= table.Requests.Count || !table.Requests[index].IsGood)
            {
                return true;
            }

            var turned = table with { Requests = [.. table.Requests.Select((request, at) => at == index ? request with { Verdict = OperationVerdict.Error } : request)] };
            var (before, after) = (table.At(Ms(1000)), turned.At(Ms(1000)));
            return after.LastBad >= before.LastBad && after.ServedFrom >= before.ServedFrom;
        },
        iter: 20_000);

    [Test]
    public void What_was_served_by_a_moment_stays_served_unless_something_bad_came_to_be_known() => AnyTable.Sample(
        table =>
        {
            for (var now = 1; now <= 100; now++)
            {
                var (before, after) = (table.At(Ms(now - 1)), table.At(Ms(now)));
                if (after.LastMet == before.LastMet && before.ServedFrom < Request.Never && after.ServedFrom != before.ServedFrom)
                {
                    return false;
                }
            }

            return true;
        },
        iter: 1_500);

    private static TimeSpan Ms(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private sealed record Table(IReadOnlyList<Request> Requests, TimeWindow Injection, RequestRule Rule, Stability Stability, int ChunkSize)
    {
        public KnownRequests KnownAt(TimeSpan now) => new(new RequestTable(Requests, now, ChunkSize));

        public RecoveryBounds BoundsOf(KnownRequests requests) => RecoveryBounds.Of(requests, Rule, Injection, Stability);

        public RecoveryBounds At(TimeSpan now) => BoundsOf(KnownAt(now));

        public TimeSpan? LongestUnseen() => UnseenOutage.From(KnownAt(Ms(1000)), Injection.Start);
    }
}
