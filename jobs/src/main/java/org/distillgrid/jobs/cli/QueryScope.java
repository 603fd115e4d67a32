package org.distillgrid.jobs.cli;

import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.CurrentNamespace$;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedHaving;
import org.apache.spark.sql.catalyst.analysis.UnresolvedInlineTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedSubqueryColumnAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTVFAliases;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.PipeOperator;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.DescribeColumn;
import org.apache.spark.sql.catalyst.plans.logical.DescribeRelation;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LateralJoin;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Offset;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Pivot;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionByExpression;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.sql.catalyst.plans.logical.ShowColumns;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.catalyst.plans.logical.ShowViews;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Unpivot;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedHint;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.distillgrid.jobs.spec.yaml.OneLine;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import scala.Product;
import scala.collection.Iterable;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;

/**
 * Decides whether a statement only asks the tables of a run, by the plan that Spark itself makes of
 * it, before anything is looked up or done. What is not known to be harmless is refused.
 */
final class QueryScope {
  private static final Set<Class<? extends LogicalPlan>> ALLOWED =
      Set.of(
          Aggregate.class,
          DescribeColumn.class,
          DescribeQueryCommand.class,
          DescribeRelation.class,
          Distinct.class,
          Except.class,
          ExplainCommand.class,
          Filter.class,
          Generate.class,
          GlobalLimit.class,
          Intersect.class,
          Join.class,
          LateralJoin.class,
          LocalLimit.class,
          LocalRelation.class,
          Offset.class,
          OneRowRelation.class,
          PipeOperator.class,
          Pivot.class,
          Project.class,
          Range.class,
          RepartitionByExpression.class,
          Sample.class,
          ShowColumns.class,
          ShowTables.class,
          ShowViews.class,
          Sort.class,
          SubqueryAlias.class,
          Union.class,
          Unpivot.class,
          UnresolvedHaving.class,
          UnresolvedHint.class,
          UnresolvedInlineTable.class,
          UnresolvedNamespace.class,
          UnresolvedSubqueryColumnAliases.class,
          UnresolvedTVFAliases.class,
          UnresolvedTableValuedFunction.class,
          UnresolvedWith.class,
          Window.class,
          WithWindowDefinition.class);

  /** Functions that call any Java method by its name. */
  private static final Set<String> JAVA = Set.of("reflect", "java_method", "try_reflect");

  private QueryScope() {}

  /**
   * Requires that a statement is a query, or describes or explains one, over views of this session.
   *
   * @throws GridException if it goes beyond that
   */
  static void require(SparkSession session, String query) throws Exception {
    org.apache.spark.sql.classic.SparkSession classic =
        (org.apache.spark.sql.classic.SparkSession) session;
    visit(classic.sessionState().sqlParser().parsePlan(query));
  }

  // Everything that a plan is made of, subqueries and common tables too, is an element of it.
  private static void visit(Object part) {
    if (part instanceof LogicalPlan plan) {
      requireAllowed(plan);
    }
    if (part instanceof UnresolvedFunction function) {
      requireNoJava(function.nameParts());
    }
    if (part instanceof ExpressionWithUnresolvedIdentifier) {
      throw beyond("IDENTIFIER(...) may name anything");
    }
    if (part instanceof Iterable<?> several) {
      visitAll(several.iterator());
    } else if (part instanceof Product product) {
      visitAll(product.productIterator());
    }
  }

  private static void visitAll(Iterator<?> parts) {
    while (parts.hasNext()) {
      visit(parts.next());
    }
  }

  private static void requireAllowed(LogicalPlan plan) {
    if (plan instanceof UnresolvedRelation relation) {
      requireView(relation.multipartIdentifier());
    } else if (plan instanceof UnresolvedTableOrView relation) {
      requireView(relation.multipartIdentifier());
    } else if (!ALLOWED.contains(plan.getClass()) && plan != CurrentNamespace$.MODULE$) {
      throw beyond(plan.nodeName() + " is no query");
    }
  }

  // A view has a name of one part; text.`/a/file` has two.
  private static void requireView(Seq<String> name) {
    if (name.size() > 1) {
      throw beyond(name.mkString(".") + " is no table of a run");
    }
  }

  private static void requireNoJava(Seq<String> name) {
    if (JAVA.contains(name.last().toLowerCase(Locale.ROOT))) {
      throw beyond("function " + name.last() + " runs Java code");
    }
  }

  private static GridException beyond(String what) {
    return GridException.of(
        ErrorCode.USAGE,
        "Cannot answer query: %s; only queries over the run's tables are answered, unless"
            + " --unrestricted is given",
        OneLine.of(what));
  }
}
